package dev.weft.benchmarks.compare;

/**
 * One way to make the call.
 *
 * @param name as the table shows it
 * @param call makes one call and reads its body
 */
public record Contender(String name, Call call) {

    /** Makes one call; any failure ends the benchmark. */
    public interface Call {
        /** @return bytes of the body */
        int run() throws Exception;
    }
}
