// run
const URL_ = "https://api.northflank.com/v1/projects/web/jobs/manual", h = {"é😀": 1}
const runOnSourceChange = "never"
const é = await fetch(URL_, {method: 'PUT', body: JSON.stringify({name: 'ä😀',
	backoffLimit: 0 /* none */, runOnSourceChange, activeDeadlineSeconds: Number(`6${0}`), description: 'x'})})
await fetch(URL_, {method: 'PUT', body: JSON.stringify({
	'name': 'b',

	// about retries
	// in two lines
	'backoffLimit': 1,

	/* deadline */ 'activeDeadlineSeconds': (
		60 *
		10
	), // ten minutes
	'settings': {},
	'description': `one
  two
three`
})})
await fetch(URL_, {method: 'PUT', body: JSON.stringify({ name: 'd', backoffLimit: 1, settings: { backoffLimit: 1 }, })})
console.log(é.status, h)
// output
const URL_ = "https://api.northflank.com/v1/projects/web/jobs", h = {"é😀": 1}
const runOnSourceChange = "never"
const é = await fetch(URL_, {method: 'PUT', body: JSON.stringify({name: 'ä😀',
	settings: {backoffLimit: 0 /* none */, runOnSourceChange, activeDeadlineSeconds: Number(`6${0}`)}, description: 'x'})})
await fetch(URL_, {method: 'PUT', body: JSON.stringify({
	'name': 'b',

	'settings': {
		// about retries
		// in two lines
		'backoffLimit': 1,
		/* deadline */ 'activeDeadlineSeconds': (
			60 *
			10
		) // ten minutes
	},
	'description': `one
  two
three`
})})
await fetch(URL_, {method: 'PUT', body: JSON.stringify({ name: 'd', settings: { backoffLimit: 1 }, })})
console.log(é.status, h)
