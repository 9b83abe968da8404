package pages

import (
	"mime/multipart"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// IdeaNew is the empty form. Visitors may type too: the words are carried
// through signing in.
func (p *Pages) IdeaNew(c *fiber.Ctx) error {
	challenge := request.Query(c, "challenge")
	text := ideas.Text{Title: request.Query(c, "title"), Topic: request.Query(c, "topic"), Challenge: &challenge}
	if on := p.builtOn(c, namedIdea(request.Query(c, "of"))); on != nil {
		of := ideas.ID(on.Idea.ID)
		text.BuildsOn, text.Topic, text.Tags = &of, on.Topic, on.Tags
	}
	return p.ideaForm(c, fiber.StatusOK, ideas.Idea{Status: ideas.Draft}, text, nil)
}

// IdeaEdit is the form of a draft or of an idea that is out already.
func (p *Pages) IdeaEdit(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	idea, text, err := p.Ideas.TextOf(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	if err := ideas.MayRevise(request.Actor(c), idea); err != nil {
		return err
	}
	return p.ideaForm(c, fiber.StatusOK, idea, text, nil)
}

func (p *Pages) ideaForm(c *fiber.Ctx, status int, idea ideas.Idea, text ideas.Text, problem *fault.Fault) error {
	_, topics, err := p.Board.Counts(c.UserContext())
	if err != nil {
		return err
	}
	v := views.IdeaFormView{
		Shell: p.Shell(c), ID: int64(idea.ID), Slug: idea.Slug, Public: idea.Status != ideas.Draft, IdeaTitle: text.Title, Story: text.Story,
		Topic: text.Topic, Topics: topicCounts(topics, request.Lang(c)), Tags: strings.Join(text.Tags, ", "), Cover: text.Cover,
		MaxPictures: ideas.MaxPictures, Accepted: text.Accept, Errors: p.errors(c, problem),
	}
	if idea.ID != 0 && !v.Public {
		v.SavedAt, v.Path = idea.ChangedAt, views.EditIdeaURL(int64(idea.ID))
	}
	v.NoIndex = idea.ID != 0
	if v.Public {
		named := request.Query(c, "taken")
		if c.Method() == fiber.MethodPost {
			named = request.Field(c, "taken")
		}
		v.WorksIn = p.workedIn(c, idea.ID, named)
	} else {
		v.BuildsOn = p.builtOn(c, text.BuildsOn)
	}
	if !v.Public {
		if v.Challenges, err = p.entryChoices(c); err != nil {
			return err
		}
		if text.Challenge != nil {
			v.Challenge = *text.Challenge
		}
	}
	if v.Pictures, err = p.pictureOf(c, text.Pictures); err != nil {
		return err
	}
	if !v.Public && text.Title != "" {
		similar, err := p.Board.Similar(c.UserContext(), request.Actor(c), text.Title)
		if err != nil {
			return err
		}
		v.Similar = p.cards(request.Actor(c), request.Lang(c), similar)
	}
	return response.HTML(c, status, views.IdeaForm(v))
}

// errors says the remedies of a refused form; the refusal itself stands above
// where no field is named.
func (p *Pages) errors(c *fiber.Ctx, f *fault.Fault) views.Errors {
	if f == nil {
		return nil
	}
	said := views.Errors(response.Remedies(request.Lang(c), f))
	if len(said) == 0 {
		said[""] = response.Sentence(request.Lang(c), f)
	}
	return said
}

// IdeaCreate takes the form of a new idea: as a draft, or to submit.
func (p *Pages) IdeaCreate(c *fiber.Ctx) error {
	return p.saveIdea(c, ideas.Idea{Status: ideas.Draft})
}

// IdeaSave takes the form of a draft or of an idea that is out already.
func (p *Pages) IdeaSave(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	if request.Actor(c).Visitor() { // the session ran out while typing
		return p.carry(c, p.ideaText(c))
	}
	idea, err := p.Ideas.ByID(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	if err := ideas.MayRevise(request.Actor(c), idea); err != nil && fault.Of(err).Kind == fault.Forbidden {
		return err
	}
	return p.saveIdea(c, idea)
}

// ideaText reads the form, without the files in it.
func (p *Pages) ideaText(c *fiber.Ctx) ideas.Text {
	text := ideas.Text{
		Title: request.Field(c, "title"), Story: request.Field(c, "story"), Topic: request.Field(c, "topic"),
		Tags: typedTags(request.Field(c, "tags")), Cover: request.Field(c, "cover"), Accept: request.Field(c, "accept_terms") != "",
	}
	challenge, terms := chosenEntry(c)
	text.Challenge, text.Terms = &challenge, terms
	text.BuildsOn = namedIdea(request.Field(c, "of"))
	removed := request.Fields(c, "remove")
	for _, id := range request.Fields(c, "picture") {
		if id != "" && !slices.Contains(removed, id) {
			text.Pictures = append(text.Pictures, ideas.Picture{ID: id, Alt: request.Field(c, "alt_"+id)})
		}
	}
	return text
}

func (p *Pages) saveIdea(c *fiber.Ctx, idea ideas.Idea) error {
	actor, text := request.Actor(c), p.ideaText(c)
	if actor.Visitor() {
		return p.carry(c, text)
	}
	if err := p.takePictures(c, actor, &text); err != nil {
		return p.refused(c, idea, text, err)
	}
	if idea.Status != ideas.Draft {
		var taken int64
		if in := p.workedIn(c, idea.ID, request.Field(c, "taken")); in != nil {
			taken = in.ID
		}
		saved, err := p.Cocreation.Revise(c.UserContext(), actor, idea.ID, 0, text, taken)
		if err != nil {
			return p.refused(c, idea, text, err)
		}
		return response.SeeOther(c, views.IdeaURL(int64(saved.ID), saved.Slug), "saved")
	}
	if request.Field(c, "act") == "draft" {
		id, err := p.Ideas.SaveDraft(c.UserContext(), actor, idea.ID, text)
		if err != nil {
			return p.refused(c, idea, text, err)
		}
		return response.SeeOther(c, views.EditIdeaURL(int64(id)), "draft_saved")
	}
	saved, err := p.Ideas.Propose(c.UserContext(), actor, idea.ID, text)
	if err != nil {
		return p.refused(c, idea, text, err)
	}
	flash := "proposed"
	if saved.Status == ideas.Held {
		flash = "held"
	}
	return response.SeeOther(c, views.IdeaURL(int64(saved.ID), saved.Slug), flash)
}

// refused shows the form again with everything typed in it. What could be kept
// as a draft is kept, so that pictures just uploaded stay too.
func (p *Pages) refused(c *fiber.Ctx, idea ideas.Idea, text ideas.Text, err error) error {
	f := fault.Of(err)
	if f.Kind != fault.Invalid && f.Kind != fault.Conflict && f.Kind != fault.Forbidden && f.Kind != fault.TooMany && f.Kind != fault.Unsupported && f.Kind != fault.TooLarge {
		return err
	}
	if idea.Status == ideas.Draft && f.Code != ideas.ErrTooMany.Code {
		if id, err := p.Ideas.SaveDraft(c.UserContext(), request.Actor(c), idea.ID, text); err == nil {
			idea.ID, idea.ChangedAt = id, p.Now()
		}
	}
	return p.ideaForm(c, response.StatusOf(f), idea, text, f)
}

// takePictures stores the files of a form sent without script.
func (p *Pages) takePictures(c *fiber.Ctx, actor accounts.Actor, text *ideas.Text) error {
	form, err := c.MultipartForm()
	if err != nil {
		return nil // not multipart: no files
	}
	for _, header := range form.File["pictures"] {
		if header.Size == 0 {
			continue
		}
		id, err := p.takePicture(c, actor, header)
		if err != nil {
			f := fault.Of(err)
			if f.Kind == fault.Internal || f.Kind == fault.Busy {
				return err
			}
			code := f.Code
			if remedy, ok := f.Fields["image"]; ok {
				code = remedy
			}
			return fault.New(fault.Invalid, "invalid", f.Text).With("pictures", code)
		}
		if len(text.Pictures) >= ideas.MaxPictures {
			return fault.New(fault.Invalid, "invalid", "Too many pictures.").With("pictures", "ideas.pictures_many")
		}
		text.Pictures = append(text.Pictures, ideas.Picture{ID: id})
	}
	return nil
}

func (p *Pages) takePicture(c *fiber.Ctx, actor accounts.Actor, header *multipart.FileHeader) (string, error) {
	file, err := header.Open()
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }()
	picture, err := p.Media.Upload(c.UserContext(), int64(actor.ID), file, "")
	return picture.ID, err
}

// chosenPicture stores the one file of a form's field "picture" for good; ""
// when none was chosen. What is wrong with it is a remedy beside that field.
func (p *Pages) chosenPicture(c *fiber.Ctx, actor accounts.Actor) (string, error) {
	return p.chosenFile(c, actor, "picture")
}

// chosenFile is chosenPicture of another field.
func (p *Pages) chosenFile(c *fiber.Ctx, actor accounts.Actor, field string) (string, error) {
	header, err := c.FormFile(field)
	if err != nil || header.Size == 0 {
		return "", nil
	}
	id, err := p.takePicture(c, actor, header)
	if err != nil {
		if f := fault.Of(err); f.Kind != fault.Internal && f.Kind != fault.Busy {
			return "", fault.New(fault.Invalid, "invalid", f.Text).With(field, f.Code)
		}
		return "", err
	}
	return id, p.Media.MarkUsed(c.UserContext(), p.DB, int64(actor.ID), []string{id})
}

// carry keeps a visitor's words and sends them to sign in; the words come back
// as a draft afterwards.
func (p *Pages) carry(c *fiber.Ctx, text ideas.Text) error {
	secret, err := p.Ideas.Carry(c.UserContext(), text)
	if err != nil {
		if f := fault.Of(err); f.Kind == fault.Invalid {
			return p.ideaForm(c, response.StatusOf(f), ideas.Idea{Status: ideas.Draft}, text, f)
		}
		return err
	}
	return response.SeeOther(c, views.SignInURL(views.ProposeURL+"?carried="+secret), "")
}

// IdeaWithdraw takes an idea back, or deletes a draft.
func (p *Pages) IdeaWithdraw(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	if err := p.Ideas.Withdraw(c.UserContext(), request.Actor(c), id); err != nil {
		return p.notAsThought(c, id, err)
	}
	return response.SeeOther(c, views.MyIdeasURL, "withdrawn")
}
