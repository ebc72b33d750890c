/*
 * The one script of the web application. Pages work without it, except for what is live.
 *
 * A page asks for behaviour with attributes (hx-…, data-…): there is no inline script anywhere, and the
 * Content-Security-Policy allows none.
 */
import htmx from "htmx.org";
import "idiomorph/htmx";
import "./parts.js";
import "./busy.js";
import "./live.js";
import "./words.js";
import "./ballot.js";

htmx.config.includeIndicatorStyles = false; // the policy refuses a style element made by script
htmx.config.allowEval = false; // and every string that would be run as code
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0; // pages hold private words: nothing of them stays in the browser's storage
htmx.config.scrollBehavior = "auto"; // no moving of the page for those who asked for less motion
