// The islands of the form to propose an idea. The pictures come first: the form
// hands them what it restores.
import "./pictures";
import "./similar";
import "./idea-form";
