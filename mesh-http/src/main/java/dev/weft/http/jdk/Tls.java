package dev.weft.http.jdk;

/** Whose TLS a server speaks. */
enum Tls {
    /** None. */
    NONE,
    /** The mesh's: each caller has shown a certificate of the mesh. */
    MESH,
    /** The application's own; to the mesh that is no encryption, as nobody's identity is proved. */
    OWN
}
