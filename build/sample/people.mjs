/** Who writes in the sample archive: a village, and its friends abroad. All of them are made up. */

/**
 * @typedef {object} Person
 * @property {string} name
 * @property {string} address
 * @property {number} zone minutes east of Greenwich
 * @property {string} [charset] what this person's program writes
 * @property {'Q' | 'B'} [encoding] how it encodes words
 * @property {string} [signature]
 */

const HOME = 'marrowfield.example';

/** @type {(name: string, address: string, more?: Partial<Person>) => Person} */
const person = (name, address, more = {}) => ({ name, address, zone: 0, ...more });

export const SOCIETY = { name: 'Marrowfield Village Society', address: `society@${HOME}`, zone: 0 };

/** The committee and the village, in the order of the telephone list. */
export const VILLAGE = [
  person('Agnes Pettigrew', `agnes@${HOME}`, { signature: 'Agnes Pettigrew, Hon. Secretary' }),
  person('Bernard Oakley', `bernard.oakley@${HOME}`, { signature: 'Bernard\nThe Old Forge' }),
  person('Clementine Marsh', `clem@${HOME}`, { signature: 'Clem x' }),
  person('Desmond Thwaite', `d.thwaite@${HOME}`, { signature: 'D. Thwaite, Treasurer' }),
  person('Edith Hollow', `edith@${HOME}`),
  person('Farid Ansari', `farid@${HOME}`, { signature: 'Farid (the shop)' }),
  person('Gwendolyn Price', `gwen.price@${HOME}`, { signature: 'Gwen\n-- bees, honey, advice' }),
  person('Horace Blunt', `horace@${HOME}`),
  person('Imogen Fairweather', `imogen@${HOME}`, { signature: 'Imogen' }),
  person('Jasper Quill', `jasper.quill@${HOME}`, { signature: 'J.Q., editor, The Marrow' }),
  person('Katie Underhill', `katie@${HOME}`, { signature: 'Katie' }),
  person('Leonard Moss', `len@${HOME}`, { signature: 'Len' }),
  person('Mabel Tarrant', `mabel@${HOME}`),
  person('Nathaniel Crook', `nat@${HOME}`, { signature: 'Nat Crook, cricket and drains' }),
  person('Olive Winterbourne', `olive@${HOME}`, { signature: 'Olive' }),
  person('Percy Dunnock', `percy@${HOME}`, { signature: 'P. Dunnock (bell tower)' }),
  person('Rosalind Ash', `ros@${HOME}`, { signature: 'Ros' }),
  person("Seamus O'Hara", `seamus@${HOME}`, { signature: 'Seamus' }),
];

export const EMIGRANT = person('Tabitha Green', 'tabitha@southern.example', { zone: 600 });
export const COUSIN = person('Walt Pettigrew', 'walt@prairie.example', { zone: -360 });

export const ABROAD = {
  german: person('Jürgen Müller-Weiß', 'j.mueller@oberlind.example', {
    zone: 60,
    charset: 'iso-8859-1',
    signature: 'Jürgen Müller-Weiß\nHeimatverein Oberlind e. V.',
  }),
  french: person('Hélène Lefèvre', 'helene@saint-ollier.example', {
    zone: 60,
    charset: 'windows-1252',
    signature: 'Hélène\nComité de jumelage de Saint-Ollier',
  }),
  japanese: person('田中 花子', 'hanako@hanamura.example', {
    zone: 540,
    charset: 'iso-2022-jp',
    encoding: 'B',
    signature: '田中 花子\n花村 国際交流会',
  }),
  russian: person('Анна Берёзова', 'anna@beryozovo.example', {
    zone: 180,
    charset: 'koi8-r',
    encoding: 'B',
    signature: 'Анна Берёзова',
  }),
  chinese: person('王小明', 'xiaoming@qinghe.example', {
    zone: 480,
    charset: 'gb18030',
    encoding: 'B',
    signature: '王小明',
  }),
  taiwanese: person('林美玲', 'meiling@luyuan.example', {
    zone: 480,
    charset: 'big5',
    encoding: 'B',
    signature: '林美玲',
  }),
  arabic: person('ليلى الزهراوي', 'layla@wadi.example', {
    zone: 120,
    charset: 'windows-1256',
    encoding: 'B',
    signature: 'ليلى',
  }),
  czech: person('Jiří Dvořáček', 'jiri@zlatnik.example', {
    zone: 60,
    charset: 'iso-8859-2',
    signature: 'Jiří',
  }),
  greek: person('Ελένη Παππά', 'eleni@elaia.example', {
    zone: 120,
    charset: 'utf-8',
    encoding: 'B',
    signature: 'Ελένη',
  }),
};
