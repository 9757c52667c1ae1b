/** Instances of the service over one Redis: what they cost, and whether a formula foretells it. */
package app.realtime.bench.cluster;
