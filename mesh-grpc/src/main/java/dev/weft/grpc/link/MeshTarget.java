package dev.weft.grpc.link;

import dev.weft.Mesh;

/**
 * What a channel was built for, once the mesh has taken its name.
 *
 * @param mesh whose policy decides about its calls
 * @param authority name with an optional port, as the user wrote it: {@code reviews:9090}. It is the host that calls dial, whatever
 *     authority they bear
 * @param demandsTls the user's builder was told to encrypt (and the target does not say {@code mesh:}), so that a host in plaintext is
 *     refused, as {@code https://} refuses it
 * @param encrypts whether the transport's negotiator reads {@link LinkSecurity}; if not, hosts that need TLS are refused
 */
public record MeshTarget(Mesh mesh, String authority, boolean demandsTls, boolean encrypts) {}
