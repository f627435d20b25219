/**
 * The xDS client: subscribes over one ADS stream, reads what comes with {@link dev.weft.xds.reader}, keeps the last good
 * configuration in memory and on disk, assembles snapshots, and registers the process with its control plane. In go a {@code
 * dev.weft.xds.Bootstrap} and the announcements of servers, out come {@link dev.weft.config.MeshSnapshot}s.
 *
 * <p>One control thread owns all state; what gRPC's, the timer's and the disk's threads have to say is handed over to it.
 */
@NullMarked
package dev.weft.xds;

import org.jspecify.annotations.NullMarked;
