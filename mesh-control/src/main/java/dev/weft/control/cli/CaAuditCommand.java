package dev.weft.control.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.weft.control.operator.OperatorMethods;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code meshctl ca audit}: who asked for what, and what became of it. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "The newest lines of the audit log: who asked, by which credential, granted or refused and why.",
        footer = "Exit code: 0 good, 2 wrong usage, 3 control plane not reachable, 4 refused by it.")
final class CaAuditCommand implements Callable<Integer> {
    /** How results are printed. */
    enum Format {
        table,
        jsonl
    }

    @Option(
            names = {"-n", "--last"},
            paramLabel = "COUNT",
            defaultValue = "50",
            description = "So many lines, at most 10000. Default ${DEFAULT-VALUE}.")
    private int last = 50;

    @Option(names = "--refused", description = "Only what was refused.")
    private boolean refused;

    @Mixin
    private final Reach reach = new Reach();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table or jsonl.")
    private Format format = Format.table;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        Struct question = Struct.newBuilder()
                .putFields("last", OperatorCall.number(last))
                .putFields("refused", OperatorCall.flag(refused))
                .build();
        Asking asking = new Asking(line, reach);
        Struct answer = asking.ask(true, channel -> OperatorCall.ask(channel, OperatorMethods.AUDIT, question));
        if (answer == null) {
            return asking.exitCode();
        }
        List<String> lines =
                answer.getFieldsOrDefault("lines", Value.getDefaultInstance()).getListValue().getValuesList().stream()
                        .map(Value::getStringValue)
                        .toList();
        switch (format) {
            case jsonl -> lines.forEach(line.getOut()::println);
            case table -> line.getOut().print(table(lines));
        }
        line.getOut().flush();
        return ExitCode.GOOD;
    }

    private static String table(List<String> lines) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("TIME", "OUTCOME", "SOURCE", "CREDENTIAL", "IDENTITY", "DETAIL"));
        for (String line : lines) {
            JsonObject entry = JsonParser.parseString(line).getAsJsonObject();
            String reason = text(entry, "reason");
            rows.add(List.of(
                    text(entry, "time"),
                    text(entry, "outcome"),
                    text(entry, "source"),
                    text(entry, "credential"),
                    text(entry, "identity"),
                    entry.has("reason") ? reason + ": " + text(entry, "detail") : granted(entry)));
        }
        return Table.render(rows);
    }

    private static String granted(JsonObject entry) {
        return entry.has("what")
                ? text(entry, "what") + " by " + text(entry, "operator")
                : "serial " + text(entry, "serial");
    }

    private static String text(JsonObject entry, String name) {
        JsonElement value = entry.get(name);
        return value == null || !value.isJsonPrimitive() ? "-" : value.getAsString();
    }
}
