package dev.weft.control.istio;

import dev.weft.config.ConfigProblem;
import dev.weft.config.Origin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one resource. Not for use by several threads. */
public final class Problems {
    private final String resource;
    private final String file;
    private final List<ConfigProblem> list = new ArrayList<>();

    public Problems(String resource, String file) {
        this.resource = resource;
        this.file = file;
    }

    /** The resource is refused because of this. */
    public void error(String field, int line, @Nullable String value, String expectation) {
        add(ConfigProblem.Severity.ERROR, field, line, value, expectation);
    }

    /** Worth saying, but accepted. */
    public void warning(String field, int line, @Nullable String value, String expectation) {
        add(ConfigProblem.Severity.WARNING, field, line, value, expectation);
    }

    private void add(
            ConfigProblem.Severity severity, String field, int line, @Nullable String value, String expectation) {
        list.add(new ConfigProblem(severity, resource, field, value, expectation, new Origin("", file, line)));
    }

    public List<ConfigProblem> list() {
        return List.copyOf(list);
    }
}
