//! The CPU's flags that make subnormal numbers zero, as a host may set them.

/// Runs `work` with subnormal results and operands taken as zero, and puts the flags back.
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "the register has no safe access, and hosts set it: FTZ is bit 15, DAZ bit 6")]
pub fn with_denormals_as_zero<T>(work: impl FnOnce() -> T) -> T {
    use std::arch::asm;
    let mut before = 0u32;
    // SAFETY: stores the register in a local of its size.
    unsafe { asm!("stmxcsr [{}]", in(reg) &raw mut before, options(nostack)) };
    let set = before | 0x8040;
    // SAFETY: loads the register with itself and two flags that no exception mask depends on. The compiler computes with
    // the default flags in mind; the work is code that promises the same bits either way, and opaque to it.
    unsafe { asm!("ldmxcsr [{}]", in(reg) &raw const set, options(nostack)) };
    let result = std::hint::black_box(work)();
    // SAFETY: loads what was there.
    unsafe { asm!("ldmxcsr [{}]", in(reg) &raw const before, options(nostack)) };
    result
}

/// Runs `work` with subnormal results and operands taken as zero, and puts the flags back.
#[cfg(target_arch = "aarch64")]
#[expect(unsafe_code, reason = "the register has no safe access, and hosts set it: FZ is bit 24")]
pub fn with_denormals_as_zero<T>(work: impl FnOnce() -> T) -> T {
    use std::arch::asm;
    let before: u64;
    // SAFETY: reads the register.
    unsafe { asm!("mrs {}, fpcr", out(reg) before, options(nomem, nostack)) };
    // SAFETY: writes it back with one flag more.
    unsafe { asm!("msr fpcr, {}", in(reg) before | 1 << 24, options(nostack)) };
    let result = std::hint::black_box(work)();
    // SAFETY: writes back what was there.
    unsafe { asm!("msr fpcr, {}", in(reg) before, options(nostack)) };
    result
}

#[test]
fn the_flags_act_and_are_put_back() {
    let half = |value: f32| std::hint::black_box(value) * 0.5;
    assert!(half(f32::MIN_POSITIVE) > 0.0);
    assert_eq!(with_denormals_as_zero(|| half(f32::MIN_POSITIVE)), 0.0);
    assert!(half(f32::MIN_POSITIVE) > 0.0);
}
