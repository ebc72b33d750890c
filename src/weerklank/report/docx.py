from __future__ import annotations

def docx_of(*args: object) -> bytes:
    raise NotImplementedError
