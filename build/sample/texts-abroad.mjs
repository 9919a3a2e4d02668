/** What the friends abroad write, each in their own language. Texts of the sample archive; made up. */

/** For each of them: subjects with what was written under them, and a short answer. */
export const LETTERS = {
  german: {
    letters: [
      [
        'Grüße aus Oberlind',
        'Liebe Freunde in Marrowfield,\n\nder Frühling ist da, und im Schlosspark blühen die Märzenbecher. Unser Verein fährt im Juni mit zwölf Personen zu euch. Könnt ihr uns wieder bei Familien unterbringen? Für das Fest bringen wir natürlich Brezeln und ein Fäßchen mit.\n\nHerzliche Grüße',
      ],
      [
        'Fotos vom Erntedankfest',
        'Hallo zusammen,\n\ndie Kürbisse waren dieses Jahr so groß, dass wir zwei Schubkarren brauchten. Die schönsten Bilder hängen jetzt im Rathaus. Übrigens: Das Rezept für den Käsekuchen hätte Frau Schröder sehr gerne.',
      ],
      [
        'Zugverbindung über München',
        'Lieber Bernard,\n\nder Zug um 7:38 Uhr fährt jetzt über München, ihr müsst also früher aufstehen. Ich hole euch am Bahnhof ab, das Auto ist groß genug, die Straße wird gerade erneuert.',
      ],
    ],
    answer: 'Danke schön! Wir freuen uns sehr auf euch. Die Betten sind gelüftet.',
  },
  french: {
    letters: [
      [
        'Jumelage : réunion de février',
        'Chers amis,\n\nle comité s’est réuni hier à la mairie. Après un goûter très réussi, nous avons décidé de vous inviter à la fête de la châtaigne, en octobre. L’hébergement est déjà prévu chez l’habitant.\n\nÀ bientôt',
      ],
      [
        'La recette de la tarte à l’oignon',
        'Bonjour à tous,\n\nvoici enfin la recette : un kilo d’oignons, de la crème fraîche, trois œufs et beaucoup de patience. Ma mère ajoutait une pointe de muscade. Où est passée la photo de Noël ? Je la cherche depuis des mois !',
      ],
      [
        'Traversée annulée',
        'Chère Agnès,\n\nla mer est mauvaise et le bateau ne part pas ce soir. Nous arriverons donc demain vers midi, un peu fatigués mais de très bonne humeur. Gardez-nous du thé.',
      ],
    ],
    answer: 'Merci beaucoup ! Tout est prêt, même le thé.',
  },
  japanese: {
    letters: [
      [
        '花村からのご挨拶',
        'マローフィールドの皆様\n\nお元気ですか。こちらは桜が満開です。先日送っていただいた種が芽を出しました。子供たちが毎朝水をやっています。\n\n来年の夏、五人でお伺いしたいと思います。どうぞよろしくお願いいたします。',
      ],
      [
        '夏祭りの写真',
        '皆様\n\n夏祭りの写真をお送りします。太鼓の音がとても大きくて、犬が驚いていました。お茶の会では皆様のお話をしました。',
      ],
      ['お礼', '先日は美しいカードをありがとうございました。村の図書館に飾ってあります。'],
    ],
    answer: 'ありがとうございます。楽しみにしています。',
  },
  russian: {
    letters: [
      [
        'Привет из Берёзова',
        'Дорогие друзья!\n\nУ нас уже выпал снег, и хор снова поёт по вечерам. Мы выучили вашу песню о старой мельнице, только слова немного изменили. Приезжайте зимой: печь тёплая, самовар большой.',
      ],
      [
        'Варенье и грибы',
        'Здравствуйте!\n\nПосылаю рецепт варенья из крыжовника. Грибов в этом году очень много, дедушка сушит их на чердаке. Пчёлы здоровы.',
      ],
      [
        'Концерт перенесли',
        'Концерт перенесли на субботу, потому что мост закрыт. Всем большой привет!',
      ],
    ],
    answer: 'Спасибо большое! Ждём новостей.',
  },
  chinese: {
    letters: [
      [
        '来自清河的问候',
        '亲爱的朋友们：\n\n春天到了，村里的梨花都开了。学校的孩子们画了你们的池塘和鸭子，我把画寄给你们。请代我们问候大家。',
      ],
      ['茶和月饼', '大家好：\n\n中秋节快乐！我们寄了一盒月饼和一些绿茶，希望路上不要太久。'],
    ],
    answer: '谢谢你们的来信，我们都很高兴。',
  },
  taiwanese: {
    letters: [
      [
        '鹿園的春天',
        '親愛的朋友：\n\n山上的櫻花開了，我們昨天去散步。謝謝你們寄來的照片，圖書館的小朋友都很喜歡。',
      ],
      ['颱風過後', '大家平安。屋頂修好了，菜園也重新種了。謝謝關心！'],
    ],
    answer: '謝謝，祝大家健康。',
  },
  arabic: {
    letters: [
      [
        'تحية من الوادي',
        'أصدقائي الأعزاء،\n\nأزهرت أشجار اللوز هذا الأسبوع. شكرا على الرسالة وعلى صور القرية. الأطفال يسألون كل يوم عن البط.',
      ],
      ['وصفة خبز', 'صباح الخير،\n\nهذه وصفة الخبز التي طلبتموها: طحين وماء وملح وقليل من الصبر.'],
    ],
    answer: 'شكرا جزيلا، نراكم قريبا.',
  },
  czech: {
    letters: [
      [
        'Pozdrav ze Zlatníku',
        'Milí přátelé,\n\nna náměstí už stojí vánoční strom a děti pečou perníčky. Příští rok oslavíme výročí mlýna, přijeďte.',
      ],
      [
        'Včely a med',
        'Ahoj,\n\nléto bylo suché, ale medu je dost. Příkládám fotografii úlů, ty žluté maloval děda.',
      ],
    ],
    answer: 'Děkujeme, moc se těšíme.',
  },
  greek: {
    letters: [
      [
        'Χαιρετισμούς από την Ελαία',
        'Αγαπητοί φίλοι,\n\nμαζεύουμε τις ελιές και ο καιρός είναι υπέροχος. Σας στέλνουμε ένα μπουκάλι λάδι για τη γιορτή σας.',
      ],
      ['Το πανηγύρι', 'Το πανηγύρι κράτησε ως το πρωί. Χορέψαμε όλοι, ακόμα και ο παπάς.'],
    ],
    answer: 'Ευχαριστούμε πολύ!',
  },
};
