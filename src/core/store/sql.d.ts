/** esbuild's text loader: the content of the file. */
declare module '*.sql' {
  const text: string;
  export default text;
}
