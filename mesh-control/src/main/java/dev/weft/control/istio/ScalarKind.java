package dev.weft.control.istio;

import java.util.Set;
import java.util.regex.Pattern;

/** What a scalar means to Kubernetes' YAML reader, which turns it into JSON: YAML 1.1's words count there. */
public enum ScalarKind {
    NULL,
    BOOL,
    NUMBER,
    TEXT;

    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Pattern NUMBERS = Pattern.compile("[-+]?(?:[0-9][0-9_]*|0x[0-9a-fA-F_]+|0o?[0-7_]+|0b[01_]+)"
            + "|[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
            + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

    /** What this scalar is. */
    public static ScalarKind of(YamlNode.Scalar scalar) {
        String text = scalar.text();
        if (scalar.quoted()) {
            return TEXT;
        }
        if (NULLS.contains(text)) {
            return NULL;
        }
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return BOOL;
        }
        // Longer ones are no number that fits anywhere; the bound keeps the pattern cheap on hostile input.
        return text.length() <= 64 && NUMBERS.matcher(text).matches() ? NUMBER : TEXT;
    }

    /** Whether a scalar of kind {@link #BOOL} is a yes. */
    public static boolean isTrue(YamlNode.Scalar scalar) {
        return TRUE.contains(scalar.text());
    }
}
