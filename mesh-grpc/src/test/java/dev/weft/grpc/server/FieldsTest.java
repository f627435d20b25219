package dev.weft.grpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.HeaderOps;
import dev.weft.config.HeaderOps.Action;
import dev.weft.config.HeaderOps.Setting;
import dev.weft.request.Headers;
import io.grpc.Metadata;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Metadata as header fields and back. */
final class FieldsTest {
    private static final Metadata.Key<byte[]> BINARY = Metadata.Key.of("a-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private static Metadata metadata(String... fields) {
        Metadata metadata = new Metadata();
        for (int i = 0; i < fields.length; i += 2) {
            Fields.add(metadata, fields[i], fields[i + 1]);
        }
        return metadata;
    }

    private static Iterable<String> all(Metadata metadata, String name) {
        Iterable<String> values = metadata.getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
        return values == null ? List.of() : values;
    }

    @Test
    void fieldsAreWhatTheWireHas() {
        Metadata metadata = metadata("b", " two ", "a", "1", "a", "2");
        metadata.put(BINARY, new byte[] {-1, -1, -1, 0});

        assertThat(Fields.read(metadata))
                .isEqualTo(Headers.of(
                        "b", "two", "a", "1", "a", "2", "a-bin", "////AA", "content-type", "application/grpc"));
    }

    @Test
    void onlyWhatIsChangedIsWritten() {
        Metadata metadata = metadata("keep", " spaces ", "drop", "1", "more", "1");
        metadata.put(BINARY, new byte[] {1});
        Headers before = Fields.read(metadata);
        Headers after = before.toBuilder()
                .remove("drop")
                .add("more", "2")
                .set("a-bin", "Ag")
                .add("new", "x")
                .build();
        Fields.change(metadata, before, after);

        assertThat(all(metadata, "keep")).containsExactly(" spaces ");
        assertThat(all(metadata, "drop")).isEmpty();
        assertThat(all(metadata, "more")).containsExactly("1", "2");
        assertThat(all(metadata, "new")).containsExactly("x");
        assertThat(metadata.get(BINARY)).containsExactly(2);
        assertThat(metadata.keys()).doesNotContain("content-type");
    }

    @Test
    void anAnswerIsChangedAsTheDecisionAsks() {
        Metadata metadata = metadata("there", "1", "gone", "1", "over", "1");
        Fields.change(
                metadata,
                new HeaderOps(
                        List.of(
                                new Setting("there", "2", Action.APPEND),
                                new Setting("over", "2", Action.OVERWRITE),
                                new Setting("over", "3", Action.ADD_IF_ABSENT),
                                new Setting("absent", "1", Action.OVERWRITE_IF_PRESENT),
                                new Setting("over", "4", Action.OVERWRITE_IF_PRESENT),
                                new Setting("new", "1", Action.ADD_IF_ABSENT)),
                        List.of("gone")));

        assertThat(all(metadata, "there")).containsExactly("1", "2");
        assertThat(all(metadata, "over")).containsExactly("4");
        assertThat(metadata.keys()).doesNotContain("gone", "absent");
        assertThat(all(metadata, "new")).containsExactly("1");
    }

    @Test
    void anAnswerGoesWithoutWhatMetadataCannotHold() {
        Metadata metadata = new Metadata();
        Fields.change(
                metadata,
                new HeaderOps(
                        List.of(
                                new Setting("x~odd", "1", Action.APPEND),
                                new Setting("x-odd-bin", "no base64!", Action.OVERWRITE),
                                new Setting("x-seen", "yes", Action.APPEND)),
                        List.of("y~odd")));

        assertThat(metadata.keys()).containsExactly("x-seen");
    }
}
