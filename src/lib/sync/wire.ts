/** Bounded numbers and byte strings on the wire. They lie a floor below, because keys are written too. */
export { Reader, WireError, Writer } from '#lib/model/wire.ts';
