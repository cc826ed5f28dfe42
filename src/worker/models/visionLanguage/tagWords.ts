const words = (text: string): ReadonlySet<string> => new Set(text.split(/,\s*|\s*\n\s*/).filter((word) => word !== ''));

export const COLOR_WORDS = words(`black, white, gray, red, orange, yellow, green, cyan, turquoise, teal, blue, navy,
  indigo, violet, purple, magenta, pink, brown, beige, tan, cream, ivory, gold, golden, silver, bronze, maroon, crimson,
  olive, lime, khaki, lavender, coral, amber, aqua`);

/** In front of a colour. */
export const COLOR_MODIFIERS = words(
  'dark, light, bright, pale, deep, pastel, neon, warm, cool, soft, and, off, colored',
);

export const SCENE_WORDS = words(`indoor, indoors, outdoor, outdoors, beach, seaside, coast, shore, ocean, sea, lake,
  river, waterfall, forest, woods, jungle, rainforest, desert, mountain, mountains, hill, hills, valley, canyon, cliff,
  field, meadow, farm, garden, park, playground, countryside, landscape, seascape, cityscape, skyline, city, downtown,
  town, village, suburb, street, road, highway, alley, bridge, harbor, harbour, port, airport, station, train station,
  bus stop, parking lot, market, supermarket, store, shop, mall, restaurant, cafe, bar, kitchen, bathroom, bedroom,
  living room, dining room, hallway, corridor, office, classroom, school, library, museum, gallery, church, temple,
  hospital, laboratory, factory, warehouse, workshop, garage, gym, stadium, arena, theater, theatre, stage, concert,
  party, wedding, construction site, sky, sunset, sunrise, night, day, snow scene, underwater, space, aerial view,
  rural, urban, nature, interior, exterior, backyard, courtyard, island, swamp, wetland, glacier, cave, zoo, vineyard`);

export const ATTRIBUTE_WORDS = words(`bright, dark, dim, blurry, blurred, sharp, focused, noisy, grainy, hazy, foggy,
  cloudy, sunny, rainy, snowy, stormy, windy, wet, dry, dusty, muddy, clean, dirty, messy, tidy, cluttered, empty, full,
  crowded, busy, quiet, calm, peaceful, old, new, young, modern, ancient, vintage, rustic, antique, historic, broken,
  damaged, worn, shiny, glossy, matte, transparent, reflective, rough, smooth, soft, hard, fluffy, furry, wooden, metal,
  metallic, plastic, glass, stone, concrete, leather, fabric, striped, spotted, checkered, patterned, plain, colorful,
  colourful, monochrome, black and white, vibrant, muted, warm, cold, hot, large, big, small, tiny, huge, tall, short,
  long, wide, narrow, thin, thick, round, square, rectangular, curved, straight, open, closed, high, low, deep, shallow,
  beautiful, cute, elegant, simple, complex, natural, artificial, abstract, realistic, festive, romantic, scenic,
  close-up, wide-angle, high contrast, low light, backlit, overexposed, underexposed, sitting, standing, walking,
  running, smiling, happy, sad, serious, sleeping, eating, flying, parked, moving, still, lush, leafy`);

/** Said instead of a tag. */
export const EMPTY_WORDS =
  words(`none, none of these, nothing, unknown, unclear, etc, other, others, not applicable, no,
  yes, object, objects, scene, scenes, color, colors, colour, colours, attribute, attributes, tag, tags, image, picture,
  photo, the image, this image`);
