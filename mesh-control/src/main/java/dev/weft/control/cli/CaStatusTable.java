package dev.weft.control.cli;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.weft.config.Printable;
import java.util.ArrayList;
import java.util.List;

/** The state of the authority for people. */
final class CaStatusTable {
    private static final int SHORT_PIN = 16;

    private CaStatusTable() {}

    static String render(Struct status) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ROOT", "SUBJECT", "EXPIRES", "SIGNS"));
        for (Value value : status.getFieldsOrDefault("roots", Value.getDefaultInstance())
                .getListValue()
                .getValuesList()) {
            Struct root = value.getStructValue();
            String pin = OperatorCall.text(root, "pin");
            rows.add(List.of(
                    pin.substring(0, Math.min(SHORT_PIN, pin.length())),
                    OperatorCall.text(root, "subject"),
                    OperatorCall.text(root, "expires"),
                    root.getFieldsOrDefault("signs", Value.getDefaultInstance()).getBoolValue() ? "yes" : "no"));
        }
        return "trust domain " + Printable.of(OperatorCall.text(status, "trustDomain")) + ", " + stage(status)
                + System.lineSeparator() + Table.render(rows);
    }

    /** Where the change of roots stands, and what comes next. */
    static String stage(Struct status) {
        String since = OperatorCall.text(status, "since");
        String next = OperatorCall.text(status, "nextStageFrom");
        return switch (OperatorCall.text(status, "stage")) {
            case "ONE_ROOT" -> "one root since " + since;
            case "NEW_PUBLISHED" ->
                "a new root is trusted since " + since + "; from " + next + " on: meshctl ca rotate-root sign";
            case "NEW_SIGNS" ->
                "the new root signs since " + since + "; from " + next + " on: meshctl ca rotate-root withdraw";
            default -> Printable.of(OperatorCall.text(status, "stage")) + " since " + since;
        };
    }
}
