/** What the village writes about. Texts of the sample archive; made up, and meant to be pleasant. */

/** Items of a meeting: a heading, and what was said. */
export const AGENDA = [
  [
    'The duck pond',
    'Mr Blunt reported eleven ducks and one goose of uncertain ownership. It was agreed to leave the goose be.',
  ],
  [
    'Harvest supper',
    'The hall is booked. Mrs Tarrant will again see to the pies, and asks that nobody bring more beetroot.',
  ],
  [
    'Footpath by the mill',
    'The stile has been mended twice and broken twice. Mr Crook suspects the same cow.',
  ],
  [
    'The clock',
    'The church clock has gained nine minutes since Easter. Opinion was divided on whether this is a fault.',
  ],
  ['Accounts', 'The treasurer presented a balance of 412.17. The seventeen pence were applauded.'],
  [
    'Library van',
    'It will now stop at the green on alternate Thursdays. Returned books may be left with the shop.',
  ],
  [
    'Twinning',
    'Letters were read from Oberlind and Saint-Ollier. A visit in the spring was warmly proposed.',
  ],
  [
    'Bees',
    'Miss Price offered a talk and two jars of heather honey for the raffle. Both were accepted.',
  ],
  [
    'Lanterns',
    'Forty lanterns are needed for the winter walk. Thirty-one exist. Volunteers should see Miss Marsh.',
  ],
  [
    'The noticeboard',
    'The glass is cracked. Mr Oakley will replace it at cost, and asks for the return of his ladder.',
  ],
  [
    'Cricket',
    'The second eleven lost by an innings, but the tea was held to be the best in the valley.',
  ],
  [
    'Snow',
    'A list of those with shovels will be kept at the shop, and one of those with bad backs.',
  ],
  [
    'Apple day',
    'Nineteen kinds of apple were promised. The press has been oiled and the wasps notified.',
  ],
  [
    'Bell ringing',
    'Practice moves to Tuesdays, in deference to the choir, the quiz and the dog at number four.',
  ],
  [
    'Oral history',
    'Mr Quill has recorded nine hours of memories, of which two concern a single pig.',
  ],
  [
    'Village website',
    'There is now a website. It has a picture of the green, and a counter that says 14.',
  ],
];

export const RECIPES = [
  [
    'Damson chutney',
    ['1 kg damsons', '500 g brown sugar', '300 ml malt vinegar', '2 onions', 'ginger, cloves'],
    'Stone the damsons, or do it later and swear. Simmer everything for two hours. Keep until Christmas.',
  ],
  [
    'Plum and walnut loaf',
    ['250 g plain flour', '150 g plums', '100 g walnuts', '2 eggs', 'a little cinnamon'],
    'Fold the plums in last. Bake for fifty minutes and do not open the door to look.',
  ],
  [
    'Leek and barley broth',
    ['3 leeks', '150 g pearl barley', '2 carrots', 'stock, bay, pepper'],
    'Barley first, leeks last. Better on the second day, best on the third.',
  ],
  [
    'Seed cake',
    ['175 g butter', '175 g sugar', '3 eggs', '225 g flour', '4 tsp caraway'],
    'As my grandmother made it. Those who do not like caraway may pass it along the table.',
  ],
  [
    'Elderflower cordial',
    ['25 elderflower heads', '1.5 kg sugar', '4 lemons', '75 g citric acid'],
    'Pick in the sun, shake out the insects, and leave covered for a night and a day.',
  ],
  [
    'Potato and dill bread',
    ['400 g strong flour', '200 g cold mash', 'yeast', 'a fistful of dill'],
    'The dough is sticky; trust it. Bake hot for ten minutes and gently for thirty more.',
  ],
  [
    'Rhubarb fool',
    ['500 g rhubarb', '100 g sugar', '300 ml cream', 'orange zest'],
    'Roast the rhubarb instead of stewing it. Fold it through so that it stays in streaks.',
  ],
  [
    'Mushroom pie',
    ['500 g field mushrooms', '1 onion', 'thyme', 'shortcrust'],
    'Show the mushrooms to Nat before you cook them. No exceptions.',
  ],
  [
    'Honey biscuits',
    ['200 g flour', '100 g butter', '3 tbsp heather honey'],
    'Gwen says any honey will do, but she says it in a particular tone.',
  ],
  [
    'Pea and mint soup',
    ['600 g peas', '1 lettuce', 'a handful of mint', 'stock'],
    'Ten minutes in all. The lettuce is not a joke.',
  ],
  [
    'Blackberry vinegar',
    ['1 kg blackberries', '600 ml white wine vinegar', 'sugar'],
    'Five days, strain, an equal measure of sugar. Good for coughs and on ice cream.',
  ],
  [
    'Marrow and ginger jam',
    ['2 kg marrow', '2 kg sugar', '50 g root ginger', '3 lemons'],
    'What else is one to do with them. Cubes the size of dice; leave overnight in the sugar.',
  ],
];

export const NOTICES = [
  [
    'Lost: one grey glove',
    'Left hand, knitted, somewhere between the hall and the bus stop. It has a twin that misses it.',
  ],
  [
    'Found: reading glasses on the green',
    'Tortoiseshell, rather strong. They are behind the counter at the shop.',
  ],
  [
    'Bus times change on Monday',
    'The 8.10 becomes the 8.05. The driver says he will wait if he can see you running.',
  ],
  [
    'Jumble sale on Saturday',
    'Doors at ten. Books in the small room, cakes by the stage, no dealers before eleven please.',
  ],
  ['Water off in Mill Lane', 'Between nine and noon on Wednesday. Fill a kettle the night before.'],
  [
    'Piano looking for a home',
    'Upright, brown, two keys stick in damp weather. Free to anyone with four strong friends.',
  ],
  [
    'Quiz night: results',
    'First The Unready, second Table by the Door, third everybody else. The picture round will be looked into.',
  ],
  [
    'Swifts are back',
    'Seen over the tower this morning at twenty past seven, six of them, screaming.',
  ],
  ['Sponsored walk', 'Nine miles, two stiles, one ford, tea at the end. Forms at the shop.'],
  [
    'The cat called Admiral',
    'He is not lost. He lives at three houses. Please stop ringing the vet.',
  ],
  [
    'Seed swap',
    'Bring labelled envelopes. Last year "possibly beans" caused a lot of hard feeling.',
  ],
  ['Choir needs tenors', 'Any tenors. One tenor. A baritone who is willing to be brave.'],
  [
    'Frost tonight',
    'Cover your dahlias. Fleece is in the porch of the hall, take what you need and bring it back.',
  ],
  ['Road closed for the fair', 'From six in the morning. The sheep have right of way, as ever.'],
  [
    'Spare quinces',
    'Two boxes by my gate. They scent the whole lane and I can face no more jelly.',
  ],
  ['Power cut', 'Back at four, they say. The shop has candles and the pub has a fire.'],
];

export const REPLIES = [
  'Thank you for this. I shall be there, and will bring the folding chairs.',
  'I think this was settled in March, but I am happy to settle it again.',
  'Count me in. Horace too, though he does not know it yet.',
  'A small correction: it was the other gate. Otherwise exactly as I remember.',
  'Could we move it by a day? The choir has the hall until nine.',
  'Agreed. And may I say how well last week went.',
  'No objection here. Shall I ask Farid about the urn?',
  'I have the key. I have always had the key.',
  'Wonderful news. Mother would have been so pleased.',
  'Sorry for the slow answer, the telephone line was down again.',
  'I can do the early part but must leave by four for the hens.',
  'Is this the same ladder as last year? If so, no.',
  'Yes please, two if there are enough to go round.',
  'Forwarding to Olive, who knows about these things.',
  'I tried it on Sunday. The whole family asked for more, even Percy.',
  'Put me down for a cake. Not caraway.',
  'The rain will decide, as usual, but I am hopeful.',
  'Splendid. I will put a line in The Marrow.',
];

export const PHOTO_SUBJECTS = [
  'Sunrise from the tower',
  'The fair from above',
  'Snow on Mill Lane',
  'First frost',
  'Hay at Long Meadow',
  'The ford in flood',
  'Bluebells',
  'View to the hills',
  'Evening after the storm',
  'The green, 6 a.m.',
  'Apple blossom',
  'Rooks coming home',
];

export const OPENINGS = [
  'Dear all,',
  'Hello everyone,',
  'Good morning all,',
  'Friends,',
  'Dear neighbours,',
];

/** Longer pieces for newsletters and memories. */
export const STORIES = [
  'The pump on the green was put there in 1861 and has worked ever since, apart from a disagreement in 1934.',
  'Our oldest resident turned one hundred and one on Tuesday and asked, again, to be left off the flower rota.',
  'The winter walk drew ninety people and one donkey. The lanterns held; the donkey carried the soup.',
  'Visitors from Saint-Ollier taught us to dance. We taught them to queue. Both parties were polite about it.',
  'The new roof of the hall is paid for, thanks to three hundred cakes, one legacy and a very good raffle.',
  'Somebody leaves a jar of sweet peas on the bus shelter every Friday in July. Please never tell us who.',
  'The river rose to the second step and thought better of it. Sandbags may be returned to the forge.',
  'For the first time since records began the marrow prize went to a pumpkin. An inquiry will be held.',
];
