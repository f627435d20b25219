package dev.weft.control.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Compares verdicts with those of Istio's own validator, as far as its data are at hand. */
final class ValidationConformanceTest {
    private static final Path DATA = data();

    /** A line of the expected verdicts. */
    private record Expected(String file, int doc, String kind, String name, boolean valid, String error) {}

    private record Tally(int right, int all) {
        Tally plus(boolean agreed) {
            return new Tally(right + (agreed ? 1 : 0), all + 1);
        }
    }

    private final Map<Path, CheckedFile> read = new HashMap<>();

    /** Beside the project, wherever its checkout lies. */
    private static Path data() {
        Path beside = Path.of("shared", "conformance");
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(beside))) {
                return folder.resolve(beside);
            }
        }
        return beside;
    }

    @Test
    void verdictsAgreeWithIstiosUnitTests() throws IOException {
        run("validation", "verdicts-from-unit-tests.jsonl", 0.99);
    }

    @Test
    void verdictsAgreeWithIstiosSchemaTests() throws IOException {
        run("validation", "verdicts-crds.jsonl", 0.99);
    }

    @Test
    void istiosSamplesAreAccepted() throws IOException {
        run("samples", "verdicts.jsonl", 1);
    }

    @Test
    void istiosTestConfigurationsAreAccepted() throws IOException {
        run("istio-tests", "verdicts.jsonl", 0.99);
    }

    private void run(String set, String verdicts, double floor) throws IOException {
        Path folder = DATA.resolve(set);
        assumeTrue(Files.isDirectory(folder), folder + " is not there");
        Map<String, Tally> tallies = new TreeMap<>();
        List<String> misses = new ArrayList<>();
        Tally total = new Tally(0, 0);
        for (String line : Files.readAllLines(folder.resolve(verdicts))) {
            Expected expected = new Gson().fromJson(line, Expected.class);
            Checked checked = document(folder.resolve(expected.file), expected);
            boolean agreed = checked != null && checked.valid() == expected.valid;
            tallies.merge(
                    expected.kind, new Tally(0, 0).plus(agreed), (a, b) -> new Tally(a.right + b.right, a.all + b.all));
            total = total.plus(agreed);
            if (!agreed) {
                misses.add(expected + ": " + (checked == null ? "no such document" : checked.problems()));
            }
        }
        tallies.forEach(
                (kind, tally) -> System.out.println(set + " " + kind + ": " + tally.right + " of " + tally.all));
        System.out.println(set + " " + verdicts + ": " + total.right + " of " + total.all);
        misses.forEach(System.out::println);
        assertThat((double) total.right / total.all)
                .as("share of equal verdicts")
                .isGreaterThanOrEqualTo(floor);
    }

    private Checked document(Path file, Expected expected) throws IOException {
        CheckedFile checked = read.get(file);
        if (checked == null) {
            checked = Validator.check(file.getFileName().toString(), Files.readString(file));
            read.put(file, checked);
        }
        return checked.documents().stream()
                .filter(document -> document.meta().document() == expected.doc
                        && document.meta().kind().equals(expected.kind))
                .findFirst()
                .orElse(null);
    }
}
