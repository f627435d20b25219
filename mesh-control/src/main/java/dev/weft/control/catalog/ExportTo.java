package dev.weft.control.catalog;

import java.util.List;

/**
 * Who may see a resource.
 *
 * @param owner namespace of the resource
 * @param namespaces as written: {@code .}, {@code *}, {@code ~} or names; never empty
 */
public record ExportTo(String owner, List<String> namespaces) {

    private static final List<String> EVERYBODY = List.of("*");

    /** What is written, else the mesh's default, else everybody. */
    static ExportTo of(String owner, List<String> written, List<String> meshDefault) {
        List<String> said = written.isEmpty() ? meshDefault : written;
        return new ExportTo(owner, said.isEmpty() ? EVERYBODY : List.copyOf(said));
    }

    /** Visible everywhere. */
    static ExportTo everybody(String owner) {
        return new ExportTo(owner, EVERYBODY);
    }

    public boolean includes(String namespace) {
        return namespaces.contains("*") || named(namespace);
    }

    /** Seen in its own namespace only. */
    boolean isPrivate() {
        return namespaces.stream().allMatch(entry -> entry.equals(".") || entry.equals(owner));
    }

    /** How a rule ranks among others for one host: what is private to the caller's namespace first, what all see last. */
    int rank(String namespace) {
        if (namespaces.contains("*")) {
            return 2;
        }
        return isPrivate() && owner.equals(namespace) ? 0 : 1;
    }

    private boolean named(String namespace) {
        return namespaces.contains(namespace) || namespaces.contains(".") && owner.equals(namespace);
    }
}
