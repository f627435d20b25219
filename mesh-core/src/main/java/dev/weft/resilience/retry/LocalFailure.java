package dev.weft.resilience.retry;

/** How an attempt ended without a response head, as far as retry conditions tell it apart. */
public enum LocalFailure {
    /** No connection, or no trust in it. */
    CONNECT,
    /** The server said that it did not process the request. */
    REFUSED_STREAM,
    /** The connection was lost before the request had left. */
    RESET_BEFORE_REQUEST,
    /** The connection or stream was lost after that. */
    RESET,
    /** The attempt took longer than the policy gives to one. */
    PER_TRY_TIMEOUT,
    /** A limit of this process refused the attempt. */
    OVERFLOW
}
