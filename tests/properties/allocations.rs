//! Counts what a thread allocates and frees, and how much it holds: the allocator of this test program.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's allocator with a count for each thread.
struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

thread_local! {
    // Constant and without a destructor, so that reading it allocates nothing itself.
    static CALLS: Cell<u64> = const { Cell::new(0) };
    static HELD_BYTES: Cell<i64> = const { Cell::new(0) };
}

/// Counts a call that takes so many bytes and gives back others.
fn count(taken: usize, given: usize) {
    CALLS.set(CALLS.get() + 1);
    HELD_BYTES.set(HELD_BYTES.get() + taken as i64 - given as i64);
}

#[expect(unsafe_code, reason = "an allocator is unsafe by its trait; every call is passed on as it came")]
// SAFETY: the system's allocator keeps the trait's promises, and counting touches no memory of it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size, layout.size());
        // SAFETY: the caller's promise is passed on.
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        count(0, layout.size());
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(block, layout) }
    }
}

/// Runs `work` and returns how many times this thread allocated or freed in it, with its result.
pub fn counted<T>(work: impl FnOnce() -> T) -> (u64, T) {
    let before = CALLS.get();
    let result = work();
    (CALLS.get() - before, result)
}

/// Runs `work` and returns how many bytes more this thread's allocations hold after it, with its result.
pub fn held_bytes<T>(work: impl FnOnce() -> T) -> (i64, T) {
    let before = HELD_BYTES.get();
    let result = work();
    (HELD_BYTES.get() - before, result)
}

#[test]
fn what_is_held_is_measured() {
    let (bytes, kept) = held_bytes(|| {
        drop(vec![0u8; 1000]);
        vec![0u64; 50]
    });
    assert_eq!(bytes, 400);
    assert_eq!(held_bytes(move || drop(kept)).0, -400);
}

#[test]
fn allocating_and_freeing_are_both_counted() {
    assert_eq!(counted(|| 1 + 1).0, 0);
    let (calls, boxed) = counted(|| Box::new(7u8));
    assert_eq!(calls, 1);
    assert_eq!(counted(move || drop(boxed)).0, 1);
    assert_eq!(counted(|| vec![0u8; 100]).0, 1);
}
