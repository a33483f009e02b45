/**
 * How many digits of a file's SHA-256 are listed and must match before it is kept: 64 bits. What they are to
 * catch is an accident, another edition or a hotel's sign-in page, which pass by chance once in 10^19 times. Whoever can
 * change a file on this origin can change the list too. A list has hundreds of them, and no compression helps.
 */
export const hashDigits = 16;
