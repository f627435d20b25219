package dev.weft.xds.reader;

import dev.weft.config.ConfigProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one resource. Used by one thread. */
final class Problems {
    private final String resource;
    private final List<ConfigProblem> list = new ArrayList<>();
    private final boolean strict;
    private boolean refused;

    /** @param resource kind and name, as in {@code RouteConfiguration 9080} */
    Problems(String resource) {
        this(resource, false);
    }

    private Problems(String resource, boolean strict) {
        this.resource = resource;
        this.strict = strict;
    }

    /** For a resource that security hangs on: what is newer than this version refuses it, whatever it may mean. */
    static Problems strict(String resource) {
        return new Problems(resource, true);
    }

    boolean strict() {
        return strict;
    }

    Place root() {
        return new Place(this, "");
    }

    /** A message must bear the name it was asked for by, or whoever refers to it would not find it. */
    void checkName(String asked, String field, String found) {
        if (!asked.equals(found)) {
            root().refuse(field, found, "the name of the resource, " + asked);
        }
    }

    void add(ConfigProblem.Severity severity, String field, @Nullable String value, String expectation) {
        refused |= severity == ConfigProblem.Severity.ERROR;
        list.add(new ConfigProblem(severity, resource, field, value, expectation, null));
    }

    boolean refused() {
        return refused;
    }

    int count() {
        return list.size();
    }

    List<ConfigProblem> list() {
        return list;
    }
}
