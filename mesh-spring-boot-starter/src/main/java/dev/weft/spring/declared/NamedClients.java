package dev.weft.spring.declared;

import java.util.Set;

/** Clients for which there may be settings {@code mesh.clients.<name>}. */
public interface NamedClients {
    /** Known when the application has started. */
    Set<String> names();
}
