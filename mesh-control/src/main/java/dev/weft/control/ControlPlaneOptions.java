package dev.weft.control;

import dev.weft.control.ads.AdsOptions;
import dev.weft.control.registry.GracePeriods;
import dev.weft.runtime.World;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a control plane is run.
 *
 * @param config directory of Istio YAML
 * @param meshConfig file with the mesh-wide settings, or null for Istio's defaults
 * @param address where to listen in plaintext; anything but loopback is open to whoever reaches it, because nobody proves anything there
 * @param port where to listen in plaintext; 0 takes any that is free, {@link #NO_PORT} opens none
 * @param data directory for what must outlive a restart, or null to keep it in memory
 * @param world clock, timer and dice
 * @param grace how long silent instances keep their places
 * @param ads debounce and bounds of the push server
 * @param tls the certificate authority and the TLS port; null for neither
 * @param localKeys whether policies may name keys of token issuers on this machine or a link-local address. Otherwise they may not:
 *     whoever writes one could let the control plane ask what only it can reach
 */
public record ControlPlaneOptions(
        Path config,
        @Nullable Path meshConfig,
        String address,
        int port,
        @Nullable Path data,
        World world,
        GracePeriods grace,
        AdsOptions ads,
        @Nullable TlsOptions tls,
        boolean localKeys) {

    /** The port that clients try when they are told nothing. */
    public static final int DEFAULT_PORT = 15010;

    /** No plaintext port: clients need credentials. */
    public static final int NO_PORT = -1;

    /** A configuration directory; 127.0.0.1:15010, nothing on disk, defaults otherwise. */
    public static ControlPlaneOptions of(Path config) {
        return new ControlPlaneOptions(
                config,
                null,
                "127.0.0.1",
                DEFAULT_PORT,
                null,
                World.system(),
                GracePeriods.DEFAULT,
                AdsOptions.DEFAULT,
                null,
                false);
    }

    public ControlPlaneOptions withMeshConfig(@Nullable Path file) {
        return new ControlPlaneOptions(config, file, address, port, data, world, grace, ads, tls, localKeys);
    }

    public ControlPlaneOptions withAddress(String address) {
        return new ControlPlaneOptions(config, meshConfig, address, port, data, world, grace, ads, tls, localKeys);
    }

    public ControlPlaneOptions withPort(int port) {
        return new ControlPlaneOptions(config, meshConfig, address, port, data, world, grace, ads, tls, localKeys);
    }

    public ControlPlaneOptions withData(@Nullable Path directory) {
        return new ControlPlaneOptions(config, meshConfig, address, port, directory, world, grace, ads, tls, localKeys);
    }

    public ControlPlaneOptions withWorld(World world) {
        return new ControlPlaneOptions(config, meshConfig, address, port, data, world, grace, ads, tls, localKeys);
    }

    public ControlPlaneOptions withGrace(GracePeriods grace) {
        return new ControlPlaneOptions(config, meshConfig, address, port, data, world, grace, ads, tls, localKeys);
    }

    public ControlPlaneOptions withAds(AdsOptions ads) {
        return new ControlPlaneOptions(config, meshConfig, address, port, data, world, grace, ads, tls, localKeys);
    }

    public ControlPlaneOptions withTls(@Nullable TlsOptions tls) {
        return new ControlPlaneOptions(config, meshConfig, address, port, data, world, grace, ads, tls, localKeys);
    }

    public ControlPlaneOptions withLocalKeys(boolean allowed) {
        return new ControlPlaneOptions(config, meshConfig, address, port, data, world, grace, ads, tls, allowed);
    }
}
