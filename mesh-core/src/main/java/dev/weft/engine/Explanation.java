package dev.weft.engine;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A decision with its reasons; the same object that the command line, the access log and the test kit print.
 *
 * @param status of the answer; 0 while there is none, as of a call that would be sent on
 * @param flags Envoy's letters joined by commas; empty if none
 * @param steps in the order they were taken, one sentence each
 */
public record Explanation(int status, String flags, List<String> steps) {
    public Explanation {
        steps = List.copyOf(steps);
    }

    @Override
    public String toString() {
        return (status == 0 ? "not answered by the mesh" : String.valueOf(status))
                + (flags.isEmpty() ? "" : " " + flags)
                + steps.stream().map(step -> "\n  " + step).collect(Collectors.joining());
    }
}
