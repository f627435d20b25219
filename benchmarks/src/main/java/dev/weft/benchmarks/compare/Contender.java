package dev.weft.benchmarks.http;

/**
 * One way to make the call.
 *
 * @param name as the table shows it
 * @param call makes one call and reads its body
 */
record Contender(String name, Call call) {

    /** Makes one call; any failure ends the benchmark. */
    interface Call {
        /** @return bytes of the body */
        int run() throws Exception;
    }
}
