package dev.weft.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Looks names up. May block; called on an executor's threads. */
@FunctionalInterface
public interface NameResolver {

    /**
     * The addresses of a name.
     *
     * @return IP literals, at least one
     * @throws UnknownHostException if there is none, or nobody answers
     */
    List<String> resolve(String name) throws UnknownHostException;

    /**
     * As the JVM does it: hosts file, then DNS. The JVM keeps answers of its own, 30 s unless {@code
     * networkaddress.cache.ttl} says otherwise, so that asking more often costs little.
     */
    static NameResolver system() {
        return name -> Arrays.stream(InetAddress.getAllByName(name))
                .map(InetAddress::getHostAddress)
                .toList();
    }
}
