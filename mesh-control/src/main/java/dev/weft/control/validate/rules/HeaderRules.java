package dev.weft.control.validate.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names and values of headers, and what may be done to them. */
final class HeaderRules {
    private static final Pattern NAME = Pattern.compile("[-_A-Za-z0-9]+");
    /** What HTTP itself admits in a name; probes and tokens go by it. */
    private static final Pattern VALUE = Pattern.compile("[^\\x00-\\x08\\x0A-\\x1F\\x7F]*");

    private HeaderRules() {}

    static boolean name(String text) {
        return NAME.matcher(text).matches();
    }

    static void operations(Place headers) {
        for (String action : List.of("set", "add")) {
            headers.get("request").get(action).entries().forEach((name, value) -> {
                changed(name, value, true);
                value.error(value(value.text()));
            });
            headers.get("response").get(action).entries().forEach((name, value) -> {
                changed(name, value, false);
                value.error(value(value.text()));
            });
        }
        for (String direction : List.of("request", "response")) {
            headers.get(direction).get("remove").items().forEach(name -> changed(name.text(), name, false));
        }
    }

    /** The authority may be decided in one place only. */
    static void oneAuthority(Place rewrite, Place headers) {
        List<Place> places = new ArrayList<>();
        if (!rewrite.get("authority").text().isEmpty()) {
            places.add(rewrite.get("authority"));
        }
        for (String action : List.of("set", "add")) {
            headers.get("request").get(action).entries().forEach((name, value) -> {
                if (authority(name) && !value.text().isEmpty()) {
                    places.add(value);
                }
            });
        }
        if (places.size() > 1) {
            places.get(1).error("the authority is set in another place already");
        }
    }

    private static boolean authority(String name) {
        return name.equalsIgnoreCase(":authority") || name.equalsIgnoreCase("host");
    }

    private static void changed(String name, Place place, boolean authority) {
        if (name.isEmpty()) {
            place.error("the name of a header was expected");
        } else if ((name.startsWith(":") || name.equalsIgnoreCase("host")) && !(authority && authority(name))) {
            place.error("\"" + name + "\" cannot be changed here");
        }
    }

    private static Optional<String> value(String text) {
        if (!VALUE.matcher(text).matches()) {
            return Optional.of("no control characters were expected");
        }
        return HeaderFormat.check(text);
    }
}
