package dev.weft.jose;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Addresses behind which there is this machine, or what answers only to it: the metadata service of a cloud is link-local. */
final class LocalAddresses {
    /** 64:ff9b::/96 and ::/96: an IPv4 address in IPv6's clothes. What IPv4-mapped ones hold, the JDK takes out by itself. */
    private static final byte[][] WRAPPERS = {{0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}, new byte[12]
    };

    /** fd00:ec2::254, the one metadata service that is not link-local. */
    private static final byte[] METADATA = {(byte) 0xfd, 0, 0x0e, (byte) 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54
    };

    private LocalAddresses() {}

    /** @throws IOException naming the address, if it is one */
    static void refuse(InetAddress address) throws IOException {
        if (isLocal(address)) {
            throw new IOException(address + " is local, a public address was expected");
        }
    }

    static boolean isLocal(InetAddress address) throws UnknownHostException {
        byte[] bytes = address.getAddress();
        if (address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || Arrays.equals(bytes, METADATA)) {
            return true;
        }
        for (byte[] wrapper : WRAPPERS) {
            if (bytes.length == 16 && Arrays.equals(bytes, 0, 12, wrapper, 0, 12)) {
                return isLocal(InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16)));
            }
        }
        return false;
    }
}
