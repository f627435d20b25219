package dev.weft.http.servlet;

import dev.weft.config.HeaderOps;
import dev.weft.config.HeaderOps.Setting;
import dev.weft.http.guard.ResponseFields;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A response whose fields the mesh's decision changes. They may be sent at any moment, so the changes are made at the beginning and kept up
 * with each field that the application writes.
 */
final class ChangedResponse extends HttpServletResponseWrapper {
    private final HeaderOps changes;

    ChangedResponse(HttpServletResponse response, HeaderOps changes) {
        super(response);
        this.changes = changes;
        begin();
    }

    private void begin() {
        ResponseFields.apply(changes, new ResponseFields() {
            @Override
            public boolean contains(String name) {
                return containsHeader(name);
            }

            @Override
            public void add(String name, String value) {
                forward().addHeader(name, value);
            }

            @Override
            public void set(String name, @Nullable String value) {
                forward().setHeader(name, value);
            }
        });
    }

    private HttpServletResponse forward() {
        return (HttpServletResponse) getResponse();
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (!ours(name)) {
            super.setHeader(name, value);
            restore(name);
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (!ours(name)) {
            if (has(name, setting -> setting.action() == HeaderOps.Action.ADD_IF_ABSENT)) {
                // It is no longer absent.
                super.setHeader(name, value);
            } else {
                super.addHeader(name, value);
            }
            restore(name);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    @Override
    public void setDateHeader(String name, long value) {
        if (!ours(name)) {
            super.setDateHeader(name, value);
        }
    }

    @Override
    public void addDateHeader(String name, long value) {
        if (!ours(name)) {
            super.addDateHeader(name, value);
        }
    }

    @Override
    public void reset() {
        super.reset();
        begin();
    }

    /** What the application writes there does not count. */
    private boolean ours(String name) {
        return changes.remove().stream().anyMatch(name::equalsIgnoreCase)
                || has(name, setting -> setting.action() == HeaderOps.Action.OVERWRITE);
    }

    /** After the application has written a field, which may have replaced ours. */
    private void restore(String name) {
        for (Setting setting : changes.set()) {
            if (setting.name().equalsIgnoreCase(name)) {
                switch (setting.action()) {
                    case APPEND -> {
                        if (!getHeaders(name).contains(setting.value())) {
                            super.addHeader(name, setting.value());
                        }
                    }
                    case OVERWRITE_IF_PRESENT -> super.setHeader(name, setting.value());
                    case ADD_IF_ABSENT, OVERWRITE -> {}
                }
            }
        }
    }

    private boolean has(String name, Predicate<Setting> test) {
        return changes.set().stream().anyMatch(setting -> setting.name().equalsIgnoreCase(name) && test.test(setting));
    }
}
