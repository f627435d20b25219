package dev.weft.control.catalog;

import dev.weft.config.Locality;

/** Localities as Istio writes them: {@code region/zone/subzone}. */
public final class Places {
    private Places() {}

    static Locality parse(String text) {
        String[] parts = text.split("/", 3);
        return new Locality(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
    }

    /** Whether a pattern such as {@code us-east/*} covers a place; parts that are not written cover everything. */
    public static boolean covers(String pattern, Locality place) {
        String[] parts = pattern.split("/", 3);
        String[] actual = {place.region(), place.zone(), place.subZone()};
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].equals("*")) {
                return true;
            }
            if (!parts[i].equals(actual[i])) {
                return false;
            }
        }
        return true;
    }
}
