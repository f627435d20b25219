package dev.weft.samples.bookinfo.check;

/**
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 of them
 * @param parentId of the span that caused it
 * @param service that reported it
 * @param server kind SERVER, else a call
 * @param millis how long it took
 */
record SeenSpan(String traceId, String spanId, String parentId, String service, boolean server, long millis) {}
