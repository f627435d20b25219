/** Services with real meshes, sockets and disks while their control plane comes and goes. */
@NullMarked
package dev.weft.control.outage;

import org.jspecify.annotations.NullMarked;
