package load

import (
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
)

// The commonest words of both languages, in order, and stems of things that
// people propose. What makes a vocabulary whole is made up of syllables.
var (
	commonNL = strings.Fields(`de het een van en in is dat op te met voor je zijn die er aan niet om ook als maar bij dan of wordt zo naar uit kan over
		wat nog meer door heel veel hebben deze geen mensen goed nieuw groot klein mooi iedereen zonder samen kleur maken gebruiken huis stad school werk`)
	commonEN = strings.Fields(`the a of and to in is that it for you with on as are this be at or not have from by one your can but more which when
		what so people all new make good use would small large every without together colour because home city school work every day water light`)
	stemsNL = strings.Fields(`lamp fiets tas beker stoel tafel klok jas shirt muts schoen boek spel plant tuin bank kaart brug boot trein hond kat vogel vis
		bloem boom steen glas hout wol katoen papier verf draad knop rits zak mand doos ketel pan bord lepel vork kussen deken gordijn spiegel poster
		muziek gitaar trommel fluit bal net racket tent rugzak kompas ladder hamer zaag schroef borstel zeep handdoek emmer bezem kachel venster deur`)
	stemsEN = strings.Fields(`lamp bicycle bag mug chair table clock jacket shirt hat shoe book game plant garden bench map bridge boat train dog cat bird fish
		flower tree stone glass wood wool cotton paper paint thread button zipper pocket basket box kettle pan plate spoon fork pillow blanket curtain mirror
		poster music guitar drum flute ball net racket tent backpack compass ladder hammer saw screw brush soap towel bucket broom stove window door`)
	syllablesNL = strings.Fields(`ba bo dij dra dui ei fla gro haa hui ijk ka kle koo lan lui mee moe naa nie oor paa ploe raa rij scha sloe staa stee taa tui uit vaa vlie waa wie zee zwa`)
	syllablesEN = strings.Fields(`ba ble bra cha cor dar den el fin fla gar gle har in jo ka lam lin mar mo nar nel or pel pra quin ra ro sha sto tar ten um va ver wen wis yar zo`)
	endingsNL   = []string{"", "en", "je", "s", "jes"}
	endingsEN   = []string{"", "s", "y", "ed", "less"}
)

// vocabularySize is how many words each language has, so that a million ideas
// hold words that stand in half of them and words that stand in a few dozen.
const vocabularySize = 40_000

// Vocabulary gives the words of the large set in a language ("en" or "nl"), the
// commonest first.
func Vocabulary(lang string) []string {
	common, stems, syllables, endings := commonEN, stemsEN, syllablesEN, endingsEN
	if lang == "nl" {
		common, stems, syllables, endings = commonNL, stemsNL, syllablesNL, endingsNL
	}
	words, seen := make([]string, 0, vocabularySize), make(map[string]bool, vocabularySize)
	add := func(w string) {
		if !seen[w] {
			seen[w] = true
			words = append(words, w)
		}
	}
	for _, w := range common {
		add(w)
	}
	for _, ending := range endings {
		for _, w := range stems {
			add(w + ending)
		}
	}
	random := rand.New(rand.NewPCG(hash(lang), 2))
	for len(words) < vocabularySize {
		var b strings.Builder
		for range 2 + random.IntN(3) {
			b.WriteString(syllables[random.IntN(len(syllables))])
		}
		b.WriteString(endings[random.IntN(2)])
		add(b.String())
	}
	return words
}

// tongue draws words of one language, each word about as often as its place in
// the vocabulary says (Zipf's law).
type tongue struct {
	words []string
	upTo  []float64 // the chance of a word or one before it
	plain int       // where words that can stand in a title begin
}

func newTongue(lang string) *tongue {
	t := &tongue{words: Vocabulary(lang)}
	t.plain = slices.Index(t.words, "lamp")
	sum := 0.0
	for i := range t.words {
		sum += math.Pow(float64(i)+2.7, -1.05)
		t.upTo = append(t.upTo, sum)
	}
	return t
}

// word draws a word from this place of the vocabulary on.
func (t *tongue) word(r *rand.Rand, from int) string {
	low := 0.0
	if from > 0 {
		low = t.upTo[from-1]
	}
	x := low + r.Float64()*(t.upTo[len(t.upTo)-1]-low)
	return t.words[min(sort.SearchFloat64s(t.upTo, x), len(t.words)-1)]
}

// sentences writes so many words, with a full stop now and then.
func (t *tongue) sentences(r *rand.Rand, n int) string {
	var b strings.Builder
	left := 0
	for i := range n {
		w := t.word(r, 0)
		if left == 0 {
			left = 6 + r.IntN(8)
			if i > 0 {
				b.WriteString(". ")
			}
			w = strings.ToUpper(w[:1]) + w[1:]
		} else {
			b.WriteByte(' ')
		}
		b.WriteString(w)
		left--
	}
	return b.String() + "."
}

// title writes three to six words that mean something.
func (t *tongue) title(r *rand.Rand) string {
	words := make([]string, 3+r.IntN(4))
	for i := range words {
		words[i] = t.word(r, t.plain)
	}
	title := strings.Join(words, " ")
	return strings.ToUpper(title[:1]) + title[1:]
}
