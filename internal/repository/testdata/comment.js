// Runs the script of dashboards-comment.yml as actions/github-script does, on a stand-in of GitHub's API: what is there comes
// in by standard input, what was written goes out by standard output.
const { script, run, pulls, comments } = JSON.parse(require('fs').readFileSync(0, 'utf8'))
const written = []

const matches = (p, { state, head }) => p.state === state && `${p.head.repo?.owner.login}:${p.head.ref}` === head
const github = {
  rest: {
    pulls: { list: options => pulls.filter(p => matches(p, options)) },
    issues: {
      listComments: ({ issue_number }) => comments.filter(c => c.issue === issue_number),
      createComment: async ({ issue_number, body }) => written.push({ Created: issue_number, Body: body }),
      updateComment: async ({ comment_id, body }) => written.push({ Updated: comment_id, Body: body }),
    },
  },
  paginate: async (method, options) => method(options),
}
const core = { info: () => {}, setFailed: text => written.push({ Failed: text }) }
const context = { repo: { owner: 'us', repo: 'boards' }, payload: { workflow_run: run } }

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor
new AsyncFunction('github', 'context', 'core', 'require', script)(github, context, core, require)
  .then(() => console.log(JSON.stringify(written)))
