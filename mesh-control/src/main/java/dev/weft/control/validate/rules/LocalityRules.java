package dev.weft.control.validate.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Preferences among places: {@code region/zone/subzone}, a star at the end for all within. */
final class LocalityRules {
    private static final Set<String> TOPOLOGY =
            Set.of("topology.kubernetes.io/region", "topology.kubernetes.io/zone", "topology.istio.io/subzone");

    private LocalityRules() {}

    static void locality(Place setting, boolean outlierDetection) {
        if (!setting.present()) {
            return;
        }
        List<Place> distribute = setting.get("distribute").items();
        List<Place> failover = setting.get("failover").items();
        if (!distribute.isEmpty() && !failover.isEmpty()) {
            setting.get("failover").error("distribute and failover exclude each other");
            return;
        }
        if (!failover.isEmpty()) {
            topology(setting.get("failoverPriority"), "failover");
        }
        List<String> sources = new ArrayList<>();
        distribute.forEach(rule -> distribute(rule, sources));
        setting.get("distribute").error(overlap(sources));
        failover(setting, failover, outlierDetection);
    }

    static void zone(Place setting, boolean outlierDetection) {
        if (setting.present()) {
            topology(setting.get("failoverPriority"), "the zone awareness");
            failover(setting, setting.get("failover").items(), outlierDetection);
        }
    }

    private static void topology(Place priorities, String instead) {
        for (Place priority : priorities.items()) {
            if (TOPOLOGY.contains(priority.text())) {
                priority.error(instead + " orders regions and zones already; another label was expected");
            }
        }
    }

    private static void distribute(Place rule, List<String> sources) {
        sources.add(rule.get("from").text());
        double total = 0;
        for (Place weight : rule.get("to").entries().values()) {
            total += weight.number();
            if (weight.number() < 1 || weight.number() > 100) {
                weight.error("a weight from 1 to 100 was expected");
                return;
            }
        }
        if (total != 100) {
            rule.get("to").error("weights of 100 in all were expected, found " + (long) total);
            return;
        }
        rule.get("to").error(overlap(List.copyOf(rule.get("to").entries().keySet())));
    }

    private static void failover(Place setting, List<Place> rules, boolean outlierDetection) {
        boolean any =
                !rules.isEmpty() || !setting.get("failoverPriority").items().isEmpty();
        if (any && !outlierDetection) {
            setting.warning("failover needs outlierDetection to notice that hosts fail");
        }
        for (Place rule : rules) {
            String from = rule.get("from").text();
            String to = rule.get("to").text();
            if (from.equals(to)) {
                rule.get("to").error("another region was expected");
            }
            if ((from + to).contains("/") || (from + to).contains("*")) {
                rule.error("regions were expected, without zones and wildcards");
            }
        }
    }

    /** What is wrong with a set of places: malformed, or one within another. */
    private static java.util.Optional<String> overlap(List<String> places) {
        for (int i = 0; i < places.size(); i++) {
            String place = places.get(i);
            int star = place.indexOf('*');
            boolean empty = List.of(place.split("/", 3)).contains("") || place.isEmpty();
            if (empty || star >= 0 && star < place.length() - 1) {
                return java.util.Optional.of(
                        "region/zone/subzone was expected, with * only at the end, was \"" + place + "\"");
            }
            for (String earlier : places.subList(0, i)) {
                if (within(place, earlier) || within(earlier, place)) {
                    return java.util.Optional.of(
                            "places that do not overlap were expected, found " + earlier + " and " + place);
                }
            }
        }
        return java.util.Optional.empty();
    }

    private static boolean within(String narrow, String wide) {
        String scope = wide.endsWith("/*") ? wide.substring(0, wide.length() - 2) : wide;
        return scope.equals("*") || narrow.equals(wide) || narrow.equals(scope) || narrow.startsWith(scope + "/");
    }
}
