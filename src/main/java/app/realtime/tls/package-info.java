/**
 * The certificate of the public port: reads the two PEM files, hands them to Liberty in the form that it knows, a keystore,
 * and does so again when they change (docs/adr/0018-tls.md). Uses nothing of the application.
 */
package app.realtime.tls;
