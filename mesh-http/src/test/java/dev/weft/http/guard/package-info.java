/**
 * Guards, tested alike on every server: a small site with a protected part, a raw client that writes whatever a test wants, and the policies
 * that protect it. Each server's class says how it is set up; the contract and the corpus of raw requests are the same for all.
 */
package dev.weft.http.guard;
