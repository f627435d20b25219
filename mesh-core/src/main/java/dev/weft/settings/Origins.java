package dev.weft.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says for each setting where its value came from. */
final class Origins {
    private Origins() {}

    static List<String> of(Map<String, Layer.Value> merged) {
        List<String> lines = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            if (setting.isMap()) {
                merged.forEach((key, value) -> {
                    if (key.startsWith(setting.key() + ".")) {
                        lines.add(line(key, value));
                    }
                });
                continue;
            }
            Layer.Value value = merged.get(setting.key());
            if (value != null) {
                lines.add(line(setting.spoken(), value));
            } else if (!setting.standard().isEmpty()) {
                lines.add(line(setting.spoken(), new Layer.Value(setting.standard(), "the default")));
            }
        }
        return List.copyOf(lines);
    }

    private static String line(String name, Layer.Value value) {
        return name + " = " + value.text() + ", from " + value.origin();
    }
}
