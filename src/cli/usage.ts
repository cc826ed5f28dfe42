/** Printed by `help` and, in full, after a wrong call. */
export const USAGE = `datavisor: see what is in a folder of images

  datavisor <command> FOLDER [options]
  datavisor models [list [FOLDER] | download NAME | verify NAME | remove NAME | try NAME FOLDER]

Commands (each first does what it stands on, for what is new or changed)
  index      find the images and read their headers
  tag        tag them                                      [--provider NAME,…]
  embed      embed them; the built-in embedder also looks for duplicates   [--embedder NAME]
  project    put the embedded images on a map              [--embedder NAME] [--refit]
             [--neighbors N] [--min-distance D] [--metric cosine|euclidean]
  run        all of these; models after what is built in   [--provider NAME,…] [--embedder NAME]
  facets     tags and other facets, with counts            [--filter EXPR]
  search     images that match, the best first: QUERY after FOLDER   [--filter EXPR] [--view NAME] [--limit N]
  similar    images that look most like --image PATH (once or more), or fit --text "WORDS", the best first
             [--model NAME] [--filter EXPR] [--limit N]
  import-predictions   what "tag --shard" wrote, FILE… after FOLDER, into the dataset
  views      filters saved as views
  info       what the database holds
  duplicates groups of duplicates and which to keep   [--leaks] [--list FILE] [--flips] [--rotations]
             [--by MODEL [--least PERCENT]] [--forget MODEL]
  decisions  the log of what people decided               [--format jsonl|csv] [--out FILE]
  policy     when predictions become tags   [--threshold PROVIDER[:DIMENSION]=N|default]
             [--auto-approve PROVIDER[:DIMENSION]=on|off|default] [--max-tags N|default]
  mappings   what names of models become: list, import FILE or export FILE after FOLDER   [--replace]
  failures   what could not be tagged, by whom and why, and when it is tried again
  models     models that can be downloaded, and what is on this machine; with a folder, also the models in its
             .datavisor/models; "try" shows what one of these says of five images
  help       this text

Options
  --json           one JSON object on stdout and nothing else
  --db FILE        keep the database in FILE
  --shard i/N      with tag: only slice i of N, from 0 to N-1, and no database   [--out FILE]
  --out FILE       with --shard: the parquet file that is written
  --retry-failed   try all that failed again, also what is not due or cannot help
  --refit          with project: lay out the whole map anew; else new images are put among those that are there
  --neighbors N, --min-distance D, --metric M   with project: how it is laid out, kept for later runs
  --filter EXPR    such as 'tag:blurry -tag:dark width>1024'
  --verbose        show what the image worker says
  --version        print the version

Models that come as files ("datavisor models" names them)
  --provider NAME  who tags: builtin, a model, or a model in FOLDER/.datavisor/models; several with commas between,
                   each of which keeps its own predictions
  --embedder NAME  who embeds: visual-look, or a model
  --model-dir DIR  a folder that holds the model's files; needs no network
  --device D       auto, cpu or gpu
  --dtype D        which of its files, such as q8 or fp32
  --ask NAMES      questions to ask, such as setting,weather,vehicle
  --free-tags N    at most N tags of its own an image
  --caption        a sentence for each image

Providers that images are sent to ("tag" and "run"; the key comes from the variable DATAVISOR_API_KEY)
  --provider openai-compatible --endpoint URL --model NAME
  --provider google-vision
  --provider landinglens --model ENDPOINT_ID
  --consent        agree to sending scaled-down images without EXIF there
  --rate N/min     at most N requests a minute; 60 by default, 40 for landinglens
  --concurrency N  at most N requests at once, 4 by default
  --price USD      what an image costs, for the estimate and the budget
  --budget USD     stop before the run costs more
  --timeout S      give a request up after S seconds, 120 by default
  --option NAME=VALUE   a choice of the provider, such as structured=structured_outputs

Ctrl-C cancels and keeps what is done; running the command again goes on from there.
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 leaks found (duplicates --leaks), 130 cancelled.
`;
