package dev.weft.control.store;

import dev.weft.config.ConfigProblem;
import dev.weft.config.Printable;
import dev.weft.control.istio.RefusedPolicy;
import dev.weft.control.istio.Resource;
import dev.weft.control.validate.Checked;
import dev.weft.control.validate.CheckedFile;
import dev.weft.control.validate.Validator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of the directory with the versions in force. Used by the store's thread only. */
final class FileVersions {
    private static final Logger log = LoggerFactory.getLogger(FileVersions.class);

    private final Path directory;
    private final GoodCopies copies;
    private final SortedMap<String, FileVersion> versions = new TreeMap<>();

    FileVersions(Path directory, GoodCopies copies) {
        this.directory = directory;
        this.copies = copies;
    }

    SortedMap<String, FileVersion> all() {
        return Collections.unmodifiableSortedMap(versions);
    }

    /** Forgets the files that are not among these; whether there were any. */
    boolean retain(Set<String> names) {
        List<String> gone =
                versions.keySet().stream().filter(name -> !names.contains(name)).toList();
        for (String name : gone) {
            versions.remove(name);
            copies.remove(name);
            log.info("{} is gone, and its resources with it", name);
        }
        return !gone.isEmpty();
    }

    /** Reads a file again; whether that changed anything. */
    boolean load(String name) {
        ConfigFiles.Content content = ConfigFiles.read(directory.resolve(name), name);
        FileVersion before = versions.get(name);
        String text = content.problem() == null ? content.text() : null;
        if (before != null && text != null && text.equals(before.read())) {
            return false;
        }
        FileVersion after = judge(name, text, content.problem(), before);
        versions.put(name, after);
        return !after.equals(before);
    }

    private FileVersion judge(
            String name, @Nullable String text, @Nullable ConfigProblem unread, @Nullable FileVersion before) {
        CheckedFile checked = text == null
                ? new CheckedFile(List.of(), List.of(Objects.requireNonNull(unread)))
                : Validator.check(name, text);
        if (text != null && checked.valid()) {
            copies.save(name, text);
            return FileVersion.good(text, checked.documents());
        }
        List<ConfigProblem> refusal = checked.allProblems().stream()
                .filter(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                .toList();
        FileVersion good = before != null && before.good() != null ? before : kept(name);
        report(refusal, good != null);
        return good == null
                ? new FileVersion(text, refusal, null, List.of(), locks(checked))
                : new FileVersion(text, refusal, good.good(), good.documents(), List.of());
    }

    /** Policies that were never in force in any version close what they were written for. */
    private static List<Resource<RefusedPolicy>> locks(CheckedFile checked) {
        List<Resource<RefusedPolicy>> locks = new ArrayList<>();
        for (Checked document : checked.documents()) {
            Resource<?> sound = document.resource();
            Resource<RefusedPolicy> lock = document.lock() != null
                    ? document.lock()
                    // Not wrong itself, but refused with its file.
                    : sound == null ? null : RefusedPolicy.inPlaceOf(sound);
            if (lock != null) {
                locks.add(lock);
                log.warn(
                        "{} is refused and never was in force: requests to the workloads it is for are denied until it is mended",
                        Printable.of(lock.meta().title()));
            }
        }
        return locks;
    }

    /** The version that an earlier run kept, if it is still a good one. */
    private @Nullable FileVersion kept(String name) {
        String text = copies.load(name);
        if (text == null) {
            return null;
        }
        CheckedFile checked = Validator.check(name, text);
        return checked.valid() ? FileVersion.good(text, checked.documents()) : null;
    }

    private static void report(List<ConfigProblem> refusal, boolean good) {
        for (ConfigProblem problem : refusal) {
            log.warn(
                    "{}; the file is refused, {}",
                    Words.line(problem),
                    good ? "its last good version stays in force" : "and has no version that was good");
        }
    }
}
