/** Printed by `help` and, in full, after a wrong call. */
export const USAGE = `datavisor: see what is in a folder of images

  datavisor <command> FOLDER [options]

Commands (each first does what it stands on, for what is new or changed)
  index      find the images and read their headers
  tag        tag them                       [--provider builtin] [--retry-failed]
  embed      embed them and look for duplicates
  project    lay the embedded images out on a map
  run        all of these                   [--retry-failed]
  facets     tags and other facets, with counts   [--filter EXPR]
  info       what the database holds
  help       this text

Options
  --json           one JSON object on stdout and nothing else
  --db FILE        keep the database in FILE
  --provider NAME  who tags: builtin
  --retry-failed   try images again that could not be used before
  --filter EXPR    such as 'tag:blurry -tag:dark width>1024'
  --verbose        show what the image worker says
  --version        print the version

Ctrl-C cancels and keeps what is done; running the command again goes on from there.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 cancelled.
`;
