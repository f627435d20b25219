package dev.weft.control.ads;

/** The two variants of the protocol: how a response is put. What goes into it and when is the same for both. */
enum Dialect {
    /** Each response says what changed. */
    DELTA,
    /** State of the world: each response says what there is. */
    SOTW
}
