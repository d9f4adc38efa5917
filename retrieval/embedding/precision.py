"""The precision in which a model is run."""


def has_bfloat16() -> bool:
    """Return whether the processor multiplies bfloat16 numbers itself.

    Reading then takes half the time, and scores differ by about a hundredth.
    """
    import torch  # noqa: PLC0415  takes seconds

    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16") or able.get("bf16"))
