package dev.weft.xds;

import com.google.rpc.Status;
import dev.weft.config.ConfigProblem;
import java.util.List;
import java.util.stream.Collectors;

/** The words of a NACK. */
final class Refusal {
    /** A push can be wrong in ten thousand places; whoever mends the first few finds the others at the next push. */
    private static final int SHOWN = 20;

    /** {@code INVALID_ARGUMENT}. */
    private static final int CODE = io.grpc.Status.Code.INVALID_ARGUMENT.value();

    private Refusal() {}

    /** One line per problem: resource, field, value, expectation. */
    static String words(List<ConfigProblem> errors) {
        String shown = errors.stream().limit(SHOWN).map(ConfigProblem::toString).collect(Collectors.joining("\n"));
        return errors.size() <= SHOWN ? shown : shown + "\nand " + (errors.size() - SHOWN) + " more";
    }

    static Status status(String words) {
        return Status.newBuilder().setCode(CODE).setMessage(words).build();
    }
}
