package dev.weft.control.cli;

import com.google.protobuf.Struct;
import dev.weft.control.operator.OperatorMethods;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code meshctl ca status}: which roots are trusted, which one signs, and where a change of roots stands. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Which roots are trusted, which one signs, where a change of roots stands.",
        footer = "Exit code: 0 good, 2 wrong usage, 3 control plane not reachable, 4 refused by it.")
final class CaStatusCommand implements Callable<Integer> {
    /** How results are printed. */
    enum Format {
        table,
        json
    }

    @Mixin
    private final Reach reach = new Reach();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table or json.")
    private Format format = Format.table;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        Asking asking = new Asking(line, reach);
        Struct status = asking.ask(
                true, channel -> OperatorCall.ask(channel, OperatorMethods.CA_STATUS, Struct.getDefaultInstance()));
        if (status == null) {
            return asking.exitCode();
        }
        switch (format) {
            case table -> line.getOut().print(CaStatusTable.render(status));
            case json -> line.getOut().println(OperatorCall.json(status));
        }
        line.getOut().flush();
        return ExitCode.GOOD;
    }
}
