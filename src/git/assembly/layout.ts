// Fixed addresses below `FREE`; what lies above is laid out by git-core.ts. Every buffer that bytes are copied into
// has `SLACK` spare bytes behind it, as copies write whole words.

export const SLACK: usize = 64

/** Decoding tables of inflate. */
export const CODE_LENGTHS: usize = 1024 // u8[352]
export const LENGTH_COUNTS: usize = 1408 // u32[16]
export const NEXT_PLACES: usize = 1472 // u32[16]
export const SORTED_SYMBOLS: usize = 1536 // u16[320]
export const PRECODE_TABLE: usize = 2560 // u32[128]
export const LITERAL_TABLE: usize = 4096 // u32[4096]
export const DISTANCE_TABLE: usize = 20480 // u32[1024]
export const FIXED_LITERAL_TABLE: usize = 24576 // u32[4096]
export const FIXED_DISTANCE_TABLE: usize = 40960 // u32[1024]
export const LITERAL_RESULTS: usize = 45056 // u32[288]
export const DISTANCE_RESULTS: usize = 46336 // u32[32]
export const PRECODE_RESULTS: usize = 46592 // u32[19]
/** u8[19]: in which order a block gives the lengths of the code that its code lengths are written in. */
export const PRECODE_ORDER: usize = 46720
/** Of unit-queue.ts. */
export const UNIT_QUEUE: usize = 49152 // 48 × 32 bytes
export const FREE: usize = 65536
