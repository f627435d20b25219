package dev.weft.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.HeaderOps;
import dev.weft.config.HeaderOps.Action;
import dev.weft.config.HeaderOps.Setting;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a decision changes in the answer of a handler. */
final class ResponseFieldsTest {
    private final HttpHeaders fields =
            new DefaultHttpHeaders().add("there", "application").add("secret", "42");

    private void apply(HeaderOps changes) {
        ResponseFields.apply(changes, new ResponseFields() {
            @Override
            public boolean contains(String name) {
                return fields.contains(name);
            }

            @Override
            public void add(String name, String value) {
                fields.add(name, value);
            }

            @Override
            public void set(String name, @Nullable String value) {
                if (value == null) {
                    fields.remove(name);
                } else {
                    fields.set(name, value);
                }
            }
        });
    }

    @Test
    void eachActionDoesWhatEnvoysDoes() {
        apply(new HeaderOps(
                List.of(
                        new Setting("there", "appended", Action.APPEND),
                        new Setting("absent", "added", Action.ADD_IF_ABSENT),
                        new Setting("absent", "not again", Action.ADD_IF_ABSENT),
                        new Setting("new", "100%", Action.OVERWRITE),
                        new Setting("nowhere", "x", Action.OVERWRITE_IF_PRESENT)),
                List.of("secret")));

        assertThat(fields.getAll("there")).containsExactly("application", "appended");
        assertThat(fields.getAll("absent")).containsExactly("added");
        assertThat(fields.getAll("new")).containsExactly("100%");
        assertThat(fields.contains("nowhere")).isFalse();
        assertThat(fields.contains("secret")).isFalse();

        apply(new HeaderOps(List.of(new Setting("there", "alone", Action.OVERWRITE_IF_PRESENT)), List.of()));
        assertThat(fields.getAll("there")).containsExactly("alone");
    }
}
